"""Markdown as note programs and web clippers save it, with front matter in YAML, TOML or JSON."""
