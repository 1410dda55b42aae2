"""PDF files, read only where pypdf is installed (`newsreader-tui[pdf]`)."""
