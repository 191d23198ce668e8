"""What plans decide without database and clock: numbers, periods, paths, states, forecasts, drafts, courses, who may."""
