// example: nobody learns that the filter was refused
#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    DriverObject->DriverUnload = FilterUnload;

    NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
  //^^^^^^^^^^^^^^^^^^^^^^^^^ warning registration-status-ignored: result of 'NdisFRegisterFilterDriver' is never checked
    return STATUS_SUCCESS;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterHandle);
}
