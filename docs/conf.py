"""The manual: MyST pages, the command reference from the commands themselves, one executed notebook."""

from importlib.metadata import version as installed

project = "Evenhand"
author = "The Evenhand developers"
copyright = "The Evenhand developers; Apache-2.0"
version = release = installed("evenhand")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_click"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build", "conftest.py"]

nb_execution_mode = "cache"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_execution_cache_path = "../build/notebook-cache"

autodoc_typehints = "description"
autodoc_member_order = "bysource"
napoleon_google_docstring = True

html_theme = "furo"
html_title = "Evenhand"
html_static_path: list[str] = []
html_theme_options = {"navigation_with_keys": True}
