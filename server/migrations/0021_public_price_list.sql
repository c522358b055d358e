-- Up Migration
-- The list every channel sells from unless it is given others.
insert into pricing.price_list (id, code, name_fr, name_en)
values ('01900000-0000-7000-8000-000000000001', 'public', 'Tarif public', 'Public prices');

-- Down Migration
delete from pricing.price_list where code = 'public';
