CREATE TABLE "settings" (id INT);
