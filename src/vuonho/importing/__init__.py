"""From the field to the folder: what phones and workbooks bring is compared with the profiles, shown, and written."""
