-- Of a staff of thousands somebody is chosen by the beginnings of words of their name or e-mail.
CREATE INDEX "staff_words" ON "staff" USING gin (fold(' ' || translate("name" || ' ' || "email", '-.@_', '    ')) gin_trgm_ops);
