# A run folder in R: how far every form is from the baseline on a KPI, as a table and as a figure.
#
#   Rscript docs/run.R results/vergelijking unsafe_days_per_family_year figure.pdf
#
# Reads with readr where that is installed, else with base R. A sweep that was written with --parquet is read by
# arrow::read_parquet("results/NAME/results.parquet"), with the same columns.

arguments <- commandArgs(trailingOnly = TRUE)
folder <- arguments[1]; kpi <- arguments[2]; picture <- arguments[3]

table_of <- function(name) {
  path <- file.path(folder, name)
  if (requireNamespace("readr", quietly = TRUE)) {
    as.data.frame(readr::read_csv(path, show_col_types = FALSE, progress = FALSE))
  } else {
    read.csv(path, check.names = FALSE)
  }
}

# The same families in every form: look at the paired differences, all regions together.
paired <- table_of("paired.csv")
paired <- paired[paired$kpi == kpi & paired$region %in% c("NL", "totaal"), ]
columns <- table_of("columns.csv")
meaning <- columns[columns$table == "kpi" & columns$column == kpi, ]

# Where a queue grows without end the figure depends on how long the run is: none to build on.
stands <- as.logical(paired$at_rest)
cat(meaning$definition_en, " [", meaning$unit, "], ", meaning$better, " is better\n", sep = "")
print(paired[, c("form", "mean_difference", "ci_low", "ci_high", "n", "at_rest")], row.names = FALSE)

pdf(picture, width = 8, height = 4)
par(mar = c(5, 12, 1, 1))
rows <- rev(seq_len(nrow(paired)))
plot(paired$mean_difference, rows, xlim = range(0, paired$ci_low, paired$ci_high, na.rm = TRUE), yaxt = "n", ylab = "",
     pch = ifelse(stands, 19, 1), xlab = paste0(kpi, " less ", paired$baseline[1], " (open: grows without end)"))
segments(paired$ci_low, rows, paired$ci_high, rows)
abline(v = 0, col = "grey")
axis(2, rows, paired$form, las = 1)
invisible(dev.off())
cat(nrow(paired), "forms in", picture, "\n")
