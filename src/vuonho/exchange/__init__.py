"""From the field to the folder: what phones and workbooks bring is compared with the profiles, shown, and written.

file ─reading─▶ Incoming ─matching─▶ whose it is ─merging─▶ what changes ─plan─▶ Plan ─carrying─▶ profiles, register
"""
