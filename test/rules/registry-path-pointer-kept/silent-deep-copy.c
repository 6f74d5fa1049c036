#include <ntddk.h>

static UNICODE_STRING SavedPath;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    SavedPath.Length = 0;
    SavedPath.MaximumLength = RegistryPath->Length;
    SavedPath.Buffer = ExAllocatePool2(POOL_FLAG_PAGED, SavedPath.MaximumLength, 'htaP');
    if (SavedPath.Buffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyUnicodeString(&SavedPath, RegistryPath);
    return STATUS_SUCCESS;
}
