"""Stories through a real browser, in one running installation."""
