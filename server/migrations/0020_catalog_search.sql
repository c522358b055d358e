-- Up Migration
-- The search index: one document per product in two languages, and the words they use, to mend what people mistype.

create text search configuration catalog.french (copy = pg_catalog.french);
alter text search configuration catalog.french
  alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part with unaccent, french_stem;
create text search configuration catalog.english (copy = pg_catalog.english);
alter text search configuration catalog.english
  alter mapping for asciiword, asciihword, hword_asciipart, word, hword, hword_part with unaccent, english_stem;

create table catalog.search_document (
  product_id uuid primary key references catalog.product on delete cascade,
  french tsvector not null,
  english tsvector not null
);
-- Short pending lists: every search reads them from end to end.
create index search_document_french on catalog.search_document using gin (french) with (gin_pending_list_limit = 128);
create index search_document_english on catalog.search_document using gin (english) with (gin_pending_list_limit = 128);

-- Words as they are compared (lower case, no accents) and as they were first written.
create table catalog.search_word (
  locale text not null check (locale in ('fr', 'en')),
  word text not null,
  written text not null,
  primary key (locale, word)
);
create index search_word_similar on catalog.search_word using gin (word gin_trgm_ops);

create index variant_sku_folded on catalog.variant (lower(sku) text_pattern_ops);

-- Down Migration
drop index catalog.variant_sku_folded;
drop table catalog.search_word;
drop table catalog.search_document;
drop text search configuration catalog.english;
drop text search configuration catalog.french;
