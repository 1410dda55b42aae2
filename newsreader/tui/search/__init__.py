"""The search bar: typing a query with completions, how it was understood, narrowing it, keeping it under a name.

Looking the articles up is the work of `lists.browser`; here is only what concerns the query itself.
"""
