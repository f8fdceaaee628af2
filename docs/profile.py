"""Write docs/profile.md and the schemas for editors: python docs/profile.py"""

from pathlib import Path

from vuonho.pages.reference import render_handbook

if __name__ == "__main__":
    for name, text in render_handbook().items():
        (Path(__file__).parent / name).write_text(text, encoding="utf-8", newline="\n")
        print(name)
