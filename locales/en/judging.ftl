permission-judging-judge = mark the works of a stage in whose jury one sits
judging-title = Marking of works
judging-works = Marking sheet
judging-progress = Progress
judging-count = { $settled } of { $all } marked
judging-no-works = There are no codes yet. Give them to admitted participants in the list of the stage.
judging-sums = Judges’ points
judging-total = Total
judging-unread = not marked
judging-half = waits for a second judge
judging-third = waits for a third judge
judging-settled = marked
judging-needs-third = Two judges differ. Add a third one to the jury.
judging-decode = Decode and enter the points
judging-decode-about = The totals go to the results of the stage. After that the judges’ points are not changed: showing of works and appeals come next.
judging-over = The works are decoded, the points are in the results.
judging-unsettled =
    { $count ->
        [one] { $count } work waits for a judge: { $codes }.
       *[other] { $count } works wait for a judge: { $codes }.
    }
judging-no-points = No work is marked yet.
judging-read = Two judges have marked this work already. Open the sheet again.
judging-jury = Jury
judging-no-jury = There is nobody in the jury yet. Two read each work, a third where they differ.
judging-juror = Who
judging-part = Part in the jury
judging-part-chair = chair of the jury
judging-part-member = member of the jury
judging-part-secretary = secretary of the jury
judging-juror-add = Add to the jury
judging-from-paper = enter points from paper
judging-judge = Judge
judging-rules = Rules of marking
judging-tasks = Tasks or criteria
judging-tasks-hint = One task a line: title and most points, such as “Task 1 — 10”.
judging-tasks-stand = Judges have given points: the tasks are not changed any more.
judging-threshold = Threshold, points
judging-threshold-hint = If the sums of two judges differ by more, a third reads the work. The total is then the mean of the two nearest sums.
judging-no-tasks = There are no tasks yet. Whoever holds the stage enters them.
judging-nothing-left = No works are left for you. Thank you!
judging-works-about = The sheet holds codes alone. An empty cell is not marked yet.
judging-kept-away =
    { $count ->
        [one] { $count } work is read by others: your own pupil or school.
       *[other] { $count } works are read by others: your own pupils or school.
    }
judging-keep = Save the points
judging-todo =
    { $count ->
        [one] { $count } work waits for your points
       *[other] { $count } works wait for your points
    }
judging-todo-act = Mark
done-judging-rules = The rules of marking are kept.
done-judging-jury = The jury is changed.
done-judging-points = The points are kept.
done-judging-decoded = The works are decoded, the points are in the results.
