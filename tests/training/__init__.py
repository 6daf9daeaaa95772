"""Training needs: the numbers, the screen, and the month's report."""
