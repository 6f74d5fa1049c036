#include <ndis.h>

static NDIS_HANDLE FilterHandle;

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FilterUnload;
FILTER_DETACH FilterDetach;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FillCharacteristics(&chars);
    chars.DetachHandler = FilterDetach;
    DriverObject->DriverUnload = FilterUnload;
    return NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &FilterHandle);
}

VOID FilterDetach(NDIS_HANDLE Context)
{
    UNREFERENCED_PARAMETER(Context);
    // driverentry-ignore deregistered-in-wrong-callback: a test that wants to see the deadlock
    NdisFDeregisterFilterDriver(FilterHandle);
}

VOID FilterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}
