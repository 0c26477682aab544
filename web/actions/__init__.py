"""One module for each thing a person does; page, API and command line call the same one."""
