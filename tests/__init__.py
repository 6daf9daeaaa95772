"""Stories of people using Etalon, and the reckoning behind them."""
