"""`python -m anthropic_models.cli`, for an installation whose scripts are not on the PATH."""

from . import main

main()
