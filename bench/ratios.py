"""What the scripts of this folder share: medians of ratios with an interval that needs no distribution."""

import math
import statistics


def interval(values):
    """The median and its 95 % interval, by order statistics."""
    ordered = sorted(values)
    away = 0.98 * math.sqrt(len(ordered))
    low = max(0, math.floor(len(ordered) / 2 - away) - 1)
    high = min(len(ordered) - 1, math.ceil(len(ordered) / 2 + away))
    return statistics.median(ordered), ordered[low], ordered[high]
