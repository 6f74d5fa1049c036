#include <ndis.h>

#define KEEP(h) (Globals.Handle = (h))
static struct { NDIS_HANDLE Handle; } Globals;
DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_HANDLE handle;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &handle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KEEP(handle);
    return STATUS_SUCCESS;
}
