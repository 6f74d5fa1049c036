#include <ndis.h>

NDIS_HANDLE FilterHandle;
NDIS_HANDLE FilterObject;

DRIVER_INITIALIZE DriverEntry;

NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;

    UNREFERENCED_PARAMETER(RegistryPath);
    FilterObject = DriverObject;
    FillCharacteristics(&chars);
    return NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)FilterObject, &chars, &FilterHandle);
}

VOID FilterLog(NDIS_STATUS Code)
{
    OtherLibrarySetup(FilterObject, Code);
}
