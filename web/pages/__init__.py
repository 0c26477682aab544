"""The pages for people: Flask blueprints by audience, templates, translations."""
