"""Many reports through `extract`: what is to be done, by which processes, and what to do when one is lost."""
