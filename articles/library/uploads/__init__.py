"""From an uploaded file to a photo whose renditions can be shown.

picture = examine(file, photo)         # refuses, decodes once, reads metadata, makes renditions
filled = store_picture(photo, picture) # stores the original and the renditions, fills the fields
photo.save()

The first costs time and memory, so call it before any transaction. The second stores all of a
picture's files or none.
"""
