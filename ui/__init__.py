"""The page: it shows the values that `advisor` makes, and decides nothing."""
