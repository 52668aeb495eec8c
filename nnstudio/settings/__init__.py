"""Settings: one declaration per setting, read by engine, form, checks, files and manual alike.

A class declares what a person can set as dataclass fields::

    units: int = setting(128, "How many outputs the layer has.", minimum=1)

`settings_of` gives the declarations back, `problems_with` says which values break them. A kind is a number, a
yes or no, a text, a tuple of whole or real numbers, or what a choice gives; ``float | None`` may be left out.
A form shows the ``advanced`` ones only when asked. So are all of a class that says so (``advanced = True``
for initializers), and what every owner of a family has (``kw_only``: a layer's name).
"""

from nnstudio.settings.declaration import Setting
from nnstudio.settings.owners import problems_with, setting, settings_of

__all__ = ["Setting", "problems_with", "setting", "settings_of"]
