"""Maps as small pictures: what is drawn, and the program that draws it beside the bot."""
