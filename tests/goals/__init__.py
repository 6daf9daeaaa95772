"""Goals: the numbers behind them and their stories."""
