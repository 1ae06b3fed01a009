CREATE TABLE kif_schema_werkplek (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT kif_schema_werkplek_pkc PRIMARY KEY (version_num)
)

CREATE TABLE kenmerk (
	id INTEGER NOT NULL, 
	afdruksleutel TEXT NOT NULL, 
	CONSTRAINT pk_kenmerk PRIMARY KEY (id), 
	CONSTRAINT ck_kenmerk_een_rij CHECK (id = 1)
)

CREATE TABLE logregel (
	volgnummer INTEGER NOT NULL, 
	om DATETIME NOT NULL, 
	handeling TEXT NOT NULL, 
	doel TEXT NOT NULL, 
	medewerker TEXT NOT NULL, 
	organisatie TEXT NOT NULL, 
	onderwerp TEXT, 
	bijzonderheden TEXT NOT NULL, 
	keten TEXT NOT NULL, 
	CONSTRAINT pk_logregel PRIMARY KEY (volgnummer)
)

CREATE TRIGGER tr_logregel_update BEFORE UPDATE ON logregel BEGIN SELECT RAISE(ABORT, 'alleen bijschrijven'); END

CREATE TRIGGER tr_logregel_delete BEFORE DELETE ON logregel BEGIN SELECT RAISE(ABORT, 'alleen bijschrijven'); END

CREATE TABLE concept (
	uuid TEXT NOT NULL, 
	medewerker TEXT NOT NULL, 
	plek INTEGER NOT NULL, 
	inhoud TEXT NOT NULL, 
	gewijzigd_op TEXT NOT NULL, 
	CONSTRAINT pk_concept PRIMARY KEY (uuid)
)

CREATE TABLE afgerond (
	concept_uuid TEXT NOT NULL, 
	inhoud TEXT NOT NULL, 
	afgerond_op TEXT NOT NULL, 
	CONSTRAINT pk_afgerond PRIMARY KEY (concept_uuid)
)

CREATE TABLE verzending (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	uuid TEXT NOT NULL, 
	referentienummer TEXT, 
	concept_uuid TEXT NOT NULL, 
	volgorde INTEGER NOT NULL, 
	groep TEXT NOT NULL, 
	toestand TEXT NOT NULL, 
	pogingen INTEGER NOT NULL, 
	aangemaakt_op TEXT NOT NULL, 
	niet_voor TEXT NOT NULL, 
	opdracht TEXT NOT NULL, 
	stappen TEXT NOT NULL, 
	fout TEXT NOT NULL, 
	veld TEXT NOT NULL, 
	http_status INTEGER, 
	verstuurd_op TEXT, 
	vast_sinds TEXT, 
	vast_tot TEXT, 
	vast_lease INTEGER, soort TEXT DEFAULT 'contact' NOT NULL, 
	CONSTRAINT uq_verzending_uuid UNIQUE (uuid), 
	CONSTRAINT uq_verzending_referentienummer UNIQUE (referentienummer)
)

CREATE INDEX ix_verzending_concept ON verzending (concept_uuid)

CREATE INDEX ix_verzending_wacht ON verzending (groep, id) WHERE toestand <> 'staat_in_register'

CREATE INDEX ix_verzending_verstuurd ON verzending (verstuurd_op)

CREATE TABLE onthouden (
	naam TEXT NOT NULL, 
	waarde TEXT NOT NULL, 
	CONSTRAINT pk_onthouden PRIMARY KEY (naam)
)

CREATE TABLE teller (
	naam TEXT NOT NULL, 
	voor INTEGER NOT NULL, 
	stand INTEGER NOT NULL, 
	CONSTRAINT pk_teller PRIMARY KEY (naam)
)

CREATE TABLE lease (
	id INTEGER NOT NULL, 
	nummer INTEGER NOT NULL, 
	houder TEXT NOT NULL, 
	sinds TEXT NOT NULL, 
	tot TEXT NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (id), 
	CONSTRAINT ck_lease_een_rij CHECK (id = 1)
)

CREATE TABLE avondnotitie (
	volgorde INTEGER NOT NULL, 
	verzoek_id TEXT NOT NULL, 
	stand TEXT NOT NULL, 
	inhoud TEXT NOT NULL, 
	CONSTRAINT pk_avondnotitie PRIMARY KEY (volgorde), 
	CONSTRAINT uq_avondnotitie UNIQUE (verzoek_id)
)
