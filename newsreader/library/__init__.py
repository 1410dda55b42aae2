"""The files of a library: found, compared with what is known of them, read in worker processes, kept in the catalogue.

A file may be anything: gigabytes, a hanging network disk, something that crashes its parser. All that is dealt with
here, so that index and stories see nothing but articles with numbers.
"""
