create role orderdesk login nosuperuser nocreaterole nocreatedb password 'orderdesk';
create role orderdesk_readonly nologin;
create database orderdesk owner orderdesk encoding 'UTF8' template template0;
