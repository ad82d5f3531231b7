"""`python -m geo` is `marchland`."""

from geo.cli import main

if __name__ == "__main__":
    main()
