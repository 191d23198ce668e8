"""What is measured: one question per file, against a floor and against what others would use."""
