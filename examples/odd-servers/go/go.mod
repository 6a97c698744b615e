module odd

go 1.21
