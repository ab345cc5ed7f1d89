CREATE TABLE hidden (id int PRIMARY KEY, v int INVISIBLE, w int, KEY ((w * 2)), KEY low (w DESC) INVISIBLE);
INSERT INTO hidden (id, v, w) VALUES (1, 2, 3);
