"""`python -m pipeline.cli` is the command `nianbao`."""

from pipeline.cli import main

main()
