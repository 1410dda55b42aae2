"""Who says what: a story's statements and facts against its outlets, with the wording of each.

`screen` compares in a lane and answers keys, `content` makes rows and wordings of the result, `grid` draws them.
"""
