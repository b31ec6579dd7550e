"""The United Nations' tables between revisions of the HS, SITC, BEC and ISIC."""
