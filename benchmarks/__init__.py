"""Time and memory of each stage, against a floor and against peers. Not part of the tests."""
