-- Whether a user is staff is asked for every person found, asked for and stood in for: by id, by mail, and by the id that
-- the product knows them by, which without this index reads the whole staff each time.
CREATE INDEX staff_id_text ON staff ((id::text));
