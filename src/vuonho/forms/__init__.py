"""What is filled in away from the program, written and read back: the phone form and the workbook."""
