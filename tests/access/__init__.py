"""Who may do what, tried by everybody on everything."""
