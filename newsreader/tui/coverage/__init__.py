"""Which outlets carried which stories, who was first, and who did not: a table of stories by outlets.

`fetch` looks it up in a lane, `table` shows it, `screen` joins the two with the keys and with the choice of a `period`.
"""
