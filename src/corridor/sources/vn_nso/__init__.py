"""Viet Nam's statistics office: spreadsheets of trade by partner (V03) and by commodity group, month by month."""
