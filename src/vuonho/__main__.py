"""`python -m vuonho` is the same as `vuonho`."""

from vuonho.cli import main

if __name__ == "__main__":
    main()
