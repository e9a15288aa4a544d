"""The catalogue: the starter films, simulated raters, corpora on disk, MovieLens, title matching and search.

No imports here, so that `bot.catalogue.errors` stays light. Where to look:

- `starter`, `simulator`: `load_starter_films`, `load_tags`, `simulate`
- `corpora`: `write_corpus`, `load_corpus`, `list_corpora`
- `movielens`, `download`: `read_movielens`, `download_release`
- `importing`: `import_starter`, `import_movielens`
- `search`, `titles`: `TitleIndex`, `normalise_title`; `likeness`, `series`, `parts`, `spelling`, `phrasing` behind it
- `film_names`: `FilmNames`, by what else films are looked for
- `links`, `file_names`: `read_link`, `title_in_file_name`
"""
