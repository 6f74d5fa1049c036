#include <ndis.h>

static NDIS_HANDLE FilterDriverHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FilterUnload;
    FillCharacteristics(&chars);
#if defined(WITH_OPTIONS)
    status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)&OptionsContext, &chars, &FilterDriverHandle);
#else
    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterDriverHandle);
#endif
    return status;
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(FilterDriverHandle);
}
