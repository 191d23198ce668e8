"""A small Django project with two ways to take a filing in: hand-written SQL, and Django REST framework with the ORM."""
