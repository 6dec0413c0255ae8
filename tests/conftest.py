"""How hypothesis looks for what breaks a rule: with the same examples on every run, for as long as it takes.

So what has passed passes again, on a machine of any speed. `--hypothesis-profile=search` looks with other
examples each time, and so does what is marked slow.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

SLOW_OR_SHARED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
"""What is no fault here: a loaded machine, and a folder that each example writes anew."""

settings.register_profile("sure", deadline=None, derandomize=True, suppress_health_check=SLOW_OR_SHARED)
settings.register_profile("search", settings.get_profile("sure"), derandomize=False)
settings.load_profile("sure")
