"""What a person or a program touches: the browser page and the command line."""
