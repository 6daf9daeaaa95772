"""What runs: settings, command line, receiving updates, delivering messages, schedules, web."""
