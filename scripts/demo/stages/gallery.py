"""Choose what the report shows of the items themselves."""

from oracle.aggregate import DEFAULT_METHOD
from scripts.demo.crowd import Crowd
from scripts.demo.html.parts import GalleryTile
from scripts.demo.stages.proving import LabelsByMethod

GALLERY_TILES = 48


def gallery_tiles(crowd: Crowd, labels: LabelsByMethod) -> list[GalleryTile]:
    """Choose the images that the verdict is least sure of."""
    unsure = sorted(labels[DEFAULT_METHOD], key=lambda label: (label.confidence, label.item))
    return [
        GalleryTile(png, str(label.answer), crowd.items[label.item].truth, label.confidence)
        for label in unsure
        if (png := crowd.items[label.item].png) is not None
    ][:GALLERY_TILES]
